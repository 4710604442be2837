-- Up to which date a node may have made ids, epoch milliseconds. Written by the process that has
-- the node's number, ahead of time; a process that starts begins behind it, whatever its clock says.
-- One row a node: no shard key.
CREATE TABLE reserved_id (
  node        INT    NOT NULL,
  reserved_to BIGINT NOT NULL,
  PRIMARY KEY (node)
) ENGINE = InnoDB;
