/// The page in real browsers, against the real server.
@NullMarked
package io.hongbao.standalone.browser;

import org.jspecify.annotations.NullMarked;
