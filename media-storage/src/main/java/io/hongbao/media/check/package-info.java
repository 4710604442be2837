/// What an upload really is: its type, its measures, a small picture of it; and what is refused.
@NullMarked
package io.hongbao.media.check;

import org.jspecify.annotations.NullMarked;
