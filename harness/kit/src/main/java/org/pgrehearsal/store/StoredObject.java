package org.pgrehearsal.store;

import java.time.Instant;

/**
 * One object as a listing shows it.
 *
 * @param key          the whole key, without the bucket
 * @param size         bytes
 * @param etag         without quotation marks; for a plain upload the MD5 of the content, for a multipart one opaque
 * @param lastModified when the store last took it, in the store's clock
 */
public record StoredObject(String key, long size, String etag, Instant lastModified) {}
