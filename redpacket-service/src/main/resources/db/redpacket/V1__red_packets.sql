-- The tables of the red-packet service. Money is whole fen, times are epoch milliseconds (UTC) of the
-- database's own clock, ids Snowflake ids, states and kinds the names of their Java enums.
-- Only SQL that MySQL 8 and MariaDB 11.4 both speak. No foreign keys: CHECK and UNIQUE instead.

-- One row an account; the balance is the sum of its entries. Written by the ledger alone.
-- Shard key: none yet; accounts and transfers stay together.
CREATE TABLE wallet_account (
  account_id BIGINT      NOT NULL,
  kind       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- AccountKind
  owner_id   BIGINT      NOT NULL, -- the user, the packet, or the number of a clearing account
  balance    BIGINT      NOT NULL, -- credits less debits
  version    BIGINT      NOT NULL, -- how many entries it has
  created_at BIGINT      NOT NULL,
  PRIMARY KEY (account_id),
  UNIQUE KEY owner (kind, owner_id), -- one account for each
  CONSTRAINT account_not_negative CHECK (kind = 'PSP_CLEARING' OR balance >= 0)
) ENGINE = InnoDB;

-- One row a movement of money, never changed. Written by the ledger.
CREATE TABLE ledger_transfer (
  transfer_id    BIGINT      NOT NULL,
  transfer_key   VARCHAR(96) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code           VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- TransferCode
  debit_account  BIGINT      NOT NULL,
  credit_account BIGINT      NOT NULL,
  amount         BIGINT      NOT NULL,
  packet_id      BIGINT      NULL,
  created_at     BIGINT      NOT NULL,
  PRIMARY KEY (transfer_id),
  UNIQUE KEY transfer_key (transfer_key), -- the same movement happens once
  KEY packet (packet_id, transfer_id), -- reconciliation of a packet
  CONSTRAINT transfer_positive CHECK (amount > 0),
  CONSTRAINT transfer_distinct CHECK (debit_account <> credit_account)
) ENGINE = InnoDB;

-- Two rows a transfer: what it did to each of its accounts. Written by the ledger, never changed.
CREATE TABLE ledger_entry (
  account_id    BIGINT NOT NULL,
  version       BIGINT NOT NULL, -- 1, 2, 3, … within the account
  transfer_id   BIGINT NOT NULL,
  delta         BIGINT NOT NULL,
  balance_after BIGINT NOT NULL,
  PRIMARY KEY (account_id, version), -- an account's newest entries
  UNIQUE KEY transfer_leg (transfer_id, account_id)
) ENGINE = InnoDB;

-- A top-up as a user asked for it. Shard key: user_id.
CREATE TABLE wallet_topup (
  topup_id           BIGINT         NOT NULL,
  user_id            BIGINT         NOT NULL,
  client_transfer_id VARBINARY(256) NOT NULL, -- bytes, so that no collation finds two keys equal
  amount             BIGINT         NOT NULL,
  state              VARCHAR(16)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- TopupState
  transfer_id        BIGINT         NULL, -- once paid
  created_at         BIGINT         NOT NULL,
  paid_at            BIGINT         NULL,
  PRIMARY KEY (topup_id),
  UNIQUE KEY client_transfer (user_id, client_transfer_id), -- a repeat is the same top-up
  CONSTRAINT topup_positive CHECK (amount > 0)
) ENGINE = InnoDB;

-- One row a packet. Its row lock orders everything that happens to the packet, whichever process
-- asks. Shard key: packet_id.
CREATE TABLE red_packet (
  packet_id        BIGINT         NOT NULL,
  sender_id        BIGINT         NOT NULL,
  group_id         BIGINT         NOT NULL,
  client_packet_id VARBINARY(256) NULL, -- NULL once cancelled: the key is free again
  request_hash     BINARY(32)     NOT NULL, -- SHA-256 of the request's content: another one is a conflict
  kind             VARCHAR(16)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- PacketKind
  split            VARCHAR(16)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- SplitTime
  strategy         VARCHAR(16)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Strategy
  share_max        BIGINT         NOT NULL, -- the cap that its shares are drawn with
  recipient_id     BIGINT         NULL, -- of an exclusive packet
  greeting         VARCHAR(64)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  total_amount     BIGINT         NOT NULL,
  share_count      INT            NOT NULL,
  taken            INT            NOT NULL, -- places
  opened           INT            NOT NULL,
  settled          INT            NOT NULL, -- opened shares that are booked
  opened_amount    BIGINT         NOT NULL,
  refund_amount    BIGINT         NOT NULL,
  best_user        BIGINT         NULL, -- of the largest share opened so far, the earliest of equals
  best_amount      BIGINT         NOT NULL,
  state            VARCHAR(16)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- PacketState
  load_epoch       INT            NOT NULL, -- which filling of the tickets in Redis is the newest
  message_id       BIGINT         NOT NULL, -- its entry in the group's log
  entry_seq        BIGINT         NULL, -- once the entry is there
  created_at       BIGINT         NOT NULL,
  expire_at        BIGINT         NOT NULL,
  finished_at      BIGINT         NULL,
  finished_by      BIGINT         NULL, -- who opened the last share
  frozen_at        BIGINT         NULL, -- once an invariant was found broken: nothing moves any more
  PRIMARY KEY (packet_id),
  UNIQUE KEY client_packet (sender_id, group_id, client_packet_id), -- a repeat is the same packet
  KEY expiry (state, expire_at), -- the sweep
  KEY sent (sender_id, created_at), -- a user's packets by year
  CONSTRAINT packet_count CHECK (share_count BETWEEN 1 AND 5000),
  CONSTRAINT packet_min CHECK (total_amount >= share_count),
  CONSTRAINT packet_taken CHECK (taken BETWEEN 0 AND share_count),
  CONSTRAINT packet_opened CHECK (opened BETWEEN 0 AND taken),
  CONSTRAINT packet_settled CHECK (settled BETWEEN 0 AND opened),
  CONSTRAINT packet_money CHECK (opened_amount + refund_amount <= total_amount)
) ENGINE = InnoDB;

-- The shares of a packet that was cut at once, in the order of the places. Written with the packet.
-- Shard key: packet_id.
CREATE TABLE red_packet_share (
  packet_id BIGINT NOT NULL,
  seq       INT    NOT NULL,
  amount    BIGINT NOT NULL,
  PRIMARY KEY (packet_id, seq),
  CONSTRAINT share_min CHECK (amount >= 1)
) ENGINE = InnoDB;

-- One row a place that was taken. Written under the packet's row lock. Shard key: packet_id.
CREATE TABLE red_packet_record (
  packet_id  BIGINT      NOT NULL,
  user_id    BIGINT      NOT NULL,
  seq        INT         NOT NULL, -- the place: 0, 1, 2, …
  amount     BIGINT      NULL, -- once opened
  state      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- RecordState
  grabbed_at BIGINT      NOT NULL,
  opened_at  BIGINT      NULL,
  settled_at BIGINT      NULL,
  PRIMARY KEY (packet_id, user_id), -- once for each user
  UNIQUE KEY place (packet_id, seq), -- each place once
  KEY received (user_id, opened_at), -- a user's records by year
  KEY unsettled (state, opened_at), -- what is opened and not booked
  CONSTRAINT record_amount CHECK (state IN ('GRABBED', 'LAPSED') OR amount >= 1)
) ENGINE = InnoDB;

-- What is still to be done for a packet; the row goes in the transaction that does it.
-- Shard key: packet_id.
CREATE TABLE outbox (
  packet_id BIGINT       NOT NULL,
  topic     VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Topic
  state     VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- OutboxState
  attempts  INT          NOT NULL,
  next_at   BIGINT       NOT NULL,
  PRIMARY KEY (packet_id, topic), -- each task once
  KEY due (state, next_at) -- the poll
) ENGINE = InnoDB;
