package io.hongbao.redpacket.store;

import org.apache.ibatis.annotations.Select;

/// The database's clock.
public interface ClockMapper {

  @Select("SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)")
  long now();
}
