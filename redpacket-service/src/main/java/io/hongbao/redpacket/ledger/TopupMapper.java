package io.hongbao.redpacket.ledger;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// Top-ups: asked for by a user, paid once the payment gateway confirms.
public interface TopupMapper {

  @Select(
      """
      SELECT t.topup_id, t.user_id, t.amount, t.state, e.balance_after
      FROM wallet_topup AS t
      LEFT JOIN ledger_transfer AS l ON l.transfer_id = t.transfer_id
      LEFT JOIN ledger_entry AS e ON e.transfer_id = l.transfer_id AND e.account_id = l.credit_account
      WHERE t.user_id = #{userId} AND t.client_transfer_id = #{key}
      """)
  @Nullable Topup find(@Param("userId") long userId, @Param("key") byte[] key);

  @Insert(
      """
      INSERT INTO wallet_topup (topup_id, user_id, client_transfer_id, amount, state, created_at)
      VALUES (#{topupId}, #{userId}, #{key}, #{amount}, 'CREATED', #{createdAt})
      """)
  void insert(
      @Param("topupId") long topupId,
      @Param("userId") long userId,
      @Param("key") byte[] key,
      @Param("amount") long amount,
      @Param("createdAt") long createdAt);

  @Select(
      """
      SELECT topup_id, user_id, amount, state, NULL AS balance_after
      FROM wallet_topup WHERE topup_id = #{topupId} FOR UPDATE
      """)
  @Nullable Topup lock(@Param("topupId") long topupId);

  @Update(
      """
      UPDATE wallet_topup SET state = 'PAID', transfer_id = #{transferId}, paid_at = #{paidAt}
      WHERE topup_id = #{topupId} AND state = 'CREATED'
      """)
  void paid(
      @Param("topupId") long topupId,
      @Param("transferId") long transferId,
      @Param("paidAt") long paidAt);

  /// @param balanceAfter of the user's account, once paid
  record Topup(
      long topupId, long userId, long amount, TopupState state, @Nullable Long balanceAfter) {}

  enum TopupState {
    CREATED,
    PAID
  }
}
