package org.pgrehearsal.system;

import java.nio.file.Path;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.S3Access;

/**
 * Where a backup system keeps its data, and where its own files may go.
 *
 * @param access how to reach the store
 * @param bucket the bucket, for our own eyes; the engine goes by {@code access}
 * @param home   a directory of the database's account, for configuration, logs and spool
 */
public record Site(S3Access access, Bucket bucket, Path home) {}
