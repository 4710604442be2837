package io.hongbao.common.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingKeyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"groupId":"12"}                                       | 12
          {"a":{"groupId":"1"},"b":["packetId"],"packetId":"13"} | 13
          {"mediaId":"9223372036854775807","groupId":"1"}        | 9223372036854775807
          {"groupId":"14", broken                                | 14
          {"groupId":12}                                         | 0
          {"groupId":"x"}                                        | 0
          {"content":{"mediaId":"5"}}                            | 0
          {}                                                     | 0
          []                                                     | 0
          {"groupId                                              | 0
          """)
  void isTheFirstIdAtTheTop(String data, long key) {
    assertThat(RoutingKey.of(data.getBytes(StandardCharsets.UTF_8))).isEqualTo(key);
  }
}
