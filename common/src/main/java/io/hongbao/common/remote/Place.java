package io.hongbao.common.remote;

import io.hongbao.common.remote.ClusterConfig.Address;
import java.net.InetSocketAddress;

/// Where an instance may be.
///
/// @param address as configured: whose certificate is wanted there
/// @param socket one of the addresses that it stands for
record Place(Address address, InetSocketAddress socket) {

  @Override
  public String toString() {
    return address.host().equals(socket.getAddress().getHostAddress())
        ? address.toString()
        : address + "/" + socket.getAddress().getHostAddress();
  }
}
