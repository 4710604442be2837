-- Who makes ids with which node number, and up to which date, epoch milliseconds by this database's
-- clock. Written by the process that has the number, ahead of time. A number is free once that date
-- has passed, and whoever takes it begins behind it: so no two processes ever make the same id.
-- One row a number, all made here: no shard key.
CREATE TABLE node_lease (
  node        INT    NOT NULL,
  holder      BIGINT NOT NULL, -- drawn anew by whoever takes the number; 0 is nobody yet
  reserved_to BIGINT NOT NULL,
  PRIMARY KEY (node)
) ENGINE = InnoDB;

INSERT INTO node_lease (node, holder, reserved_to)
WITH RECURSIVE digit (d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM digit WHERE d < 31)
SELECT high.d * 32 + low.d, 0, 0 FROM digit high CROSS JOIN digit low;

-- What earlier versions, which had one process alone, may have made.
SET @carry_over = IF(
  EXISTS (
    SELECT 1 FROM information_schema.tables
    WHERE table_schema = DATABASE() AND table_name = 'reserved_id'),
  'UPDATE node_lease JOIN reserved_id USING (node)
   SET node_lease.reserved_to = reserved_id.reserved_to',
  'DO 0');
PREPARE carry_over FROM @carry_over;
EXECUTE carry_over;
DEALLOCATE PREPARE carry_over;
