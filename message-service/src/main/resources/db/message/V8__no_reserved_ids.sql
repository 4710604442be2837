-- `node_lease` holds it now, for all services.
DROP TABLE reserved_id;
