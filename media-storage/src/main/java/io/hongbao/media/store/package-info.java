/// The S3 store, with the SDK's types kept in here.
@NullMarked
package io.hongbao.media.store;

import org.jspecify.annotations.NullMarked;
