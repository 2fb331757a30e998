package org.pgrehearsal.wal;

/**
 * How records lie in the pages of the log: where a record of a known length ends, and where the next one may start.
 *
 * <p>A record starts at a multiple of eight and is padded to one. It runs on over page boundaries; each page opens with a header of 24
 * bytes, the first page of a segment with one of 40 ({@code xlog_internal.h}, {@code SizeOfXLogShortPHD}, {@code SizeOfXLogLongPHD}).
 *
 * @param segmentSize bytes in a segment
 * @param pageSize    bytes in a page of the log ({@code XLOG_BLCKSZ}), 8192 unless PostgreSQL was built otherwise
 */
public record WalLayout(int segmentSize, int pageSize) {
    private static final int SHORT_HEADER = 24;
    private static final int LONG_HEADER = 40;
    private static final int ALIGNMENT = 8;

    /** Segments of 16 MiB, pages of 8 KiB. */
    public static final WalLayout DEFAULT = new WalLayout(WalSegment.DEFAULT_SIZE, 8192);

    public WalLayout {
        if (pageSize <= LONG_HEADER || segmentSize < pageSize || segmentSize % pageSize != 0) {
            throw new IllegalArgumentException(
                    "a segment is a whole number of pages: segment " + segmentSize + " B, page " + pageSize + " B");
        }
    }

    /** The usual pages in segments of this size. */
    public static WalLayout of(int segmentSize) {
        return new WalLayout(segmentSize, DEFAULT.pageSize);
    }

    /**
     * The position after a record and its padding, what {@code xlogreader.c} calls {@code EndRecPtr}. It may lie on a page boundary, before
     * the header of the next page.
     *
     * @param length the record's total length in bytes, as {@code pg_waldump} prints it after {@code len (rec/tot)}
     */
    public Lsn end(Lsn start, long length) {
        long remaining = (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        long position = start.value();
        long free = pageSize - Long.remainderUnsigned(position, pageSize);
        while (remaining > free) {
            remaining -= free;
            position += free;
            int header = headerAt(position);
            position += header;
            free = (long) pageSize - header;
        }
        return new Lsn(position + remaining);
    }

    /** Where a record can start that follows an end: the same place, or after the page's header if the end lies on a page boundary. */
    public Lsn nextStart(Lsn end) {
        return Long.remainderUnsigned(end.value(), pageSize) == 0 ? end.plus(headerAt(end.value())) : end;
    }

    /** The end of the segment that holds a position: where a switch record ends, whatever its length. */
    public Lsn segmentEnd(Lsn lsn) {
        return new Lsn((Long.divideUnsigned(lsn.value(), segmentSize) + 1) * segmentSize);
    }

    private int headerAt(long pageStart) {
        return Long.remainderUnsigned(pageStart, segmentSize) == 0 ? LONG_HEADER : SHORT_HEADER;
    }
}
