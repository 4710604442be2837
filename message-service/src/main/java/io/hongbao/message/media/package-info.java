/// Media in group logs: what an entry says of a medium, and who may see it for that.
@NullMarked
package io.hongbao.message.media;

import org.jspecify.annotations.NullMarked;
