@NullMarked
package io.hongbao.standalone.doctor;

import org.jspecify.annotations.NullMarked;
