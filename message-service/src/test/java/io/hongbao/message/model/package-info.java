/// Random sequences of what several users ask of one group, answered by the service on a real
/// database and by a plain model of the protocol, which shares no code with it.
@NullMarked
package io.hongbao.message.model;

import org.jspecify.annotations.NullMarked;
