/// Tests of groups and their members.
@NullMarked
package io.hongbao.message.group;

import org.jspecify.annotations.NullMarked;
