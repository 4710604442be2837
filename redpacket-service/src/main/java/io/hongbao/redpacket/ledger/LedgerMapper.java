package io.hongbao.redpacket.ledger;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The write side of the ledger.
public interface LedgerMapper {

  @Select(
      """
      SELECT account_id FROM wallet_account WHERE kind = #{kind} AND owner_id = #{ownerId}
      """)
  @Nullable Long accountId(@Param("kind") AccountKind kind, @Param("ownerId") long ownerId);

  /// Does nothing where the owner has one already.
  @Insert(
      """
      INSERT INTO wallet_account (account_id, kind, owner_id, balance, version, created_at)
      VALUES (#{accountId}, #{kind}, #{ownerId}, 0, 0, #{createdAt})
      ON DUPLICATE KEY UPDATE owner_id = VALUES(owner_id)
      """)
  void open(
      @Param("accountId") long accountId,
      @Param("kind") AccountKind kind,
      @Param("ownerId") long ownerId,
      @Param("createdAt") long createdAt);

  @Select(
      """
      SELECT account_id, balance, version FROM wallet_account WHERE account_id = #{accountId}
      FOR UPDATE
      """)
  AccountRow lock(@Param("accountId") long accountId);

  @Update(
      """
      UPDATE wallet_account SET balance = #{balance}, version = #{version}
      WHERE account_id = #{accountId}
      """)
  void update(AccountRow account);

  @Select(
      """
      SELECT transfer_id, transfer_key, code, debit_account, credit_account, amount, packet_id,
        created_at
      FROM ledger_transfer WHERE transfer_key = #{key}
      """)
  @Nullable TransferRow transfer(@Param("key") String key);

  @Insert(
      """
      INSERT INTO ledger_transfer (transfer_id, transfer_key, code, debit_account, credit_account,
        amount, packet_id, created_at)
      VALUES (#{transferId}, #{transferKey}, #{code}, #{debitAccount}, #{creditAccount}, #{amount},
        #{packetId}, #{createdAt})
      """)
  void insertTransfer(TransferRow transfer);

  @Insert(
      """
      INSERT INTO ledger_entry (account_id, version, transfer_id, delta, balance_after)
      VALUES (#{accountId}, #{version}, #{transferId}, #{delta}, #{balanceAfter})
      """)
  void insertEntry(EntryRow entry);

  record AccountRow(long accountId, long balance, long version) {}

  record TransferRow(
      long transferId,
      String transferKey,
      TransferCode code,
      long debitAccount,
      long creditAccount,
      long amount,
      @Nullable Long packetId,
      long createdAt) {}

  record EntryRow(long accountId, long version, long transferId, long delta, long balanceAfter) {}
}
