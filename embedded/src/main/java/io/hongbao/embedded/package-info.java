/// Real servers without an installation: MariaDB, Redis and an S3 store on loopback, for standalone
/// and the tests.
@NullMarked
package io.hongbao.embedded;

import org.jspecify.annotations.NullMarked;
