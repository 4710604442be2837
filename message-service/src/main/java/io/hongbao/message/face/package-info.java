/// Face to face: people at one place make a group by entering the same four digits.
@NullMarked
package io.hongbao.message.face;

import org.jspecify.annotations.NullMarked;
