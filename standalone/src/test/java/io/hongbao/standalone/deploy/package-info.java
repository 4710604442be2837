/// Holds what a cluster is deployed with (image, compose file, manifests, monitoring) against the
/// code and against itself, as far as that can be done without a container engine.
@NullMarked
package io.hongbao.standalone.deploy;

import org.jspecify.annotations.NullMarked;
