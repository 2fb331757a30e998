/**
 * {@code report.html}: one page that stands alone. Small classes, each for one part of the page; they write through {@link
 * org.pgrehearsal.evidence.html.Html}, which escapes, and know nothing of a run but its records. No script, nothing loaded from elsewhere.
 */
@NullMarked
package org.pgrehearsal.evidence.html;

import org.jspecify.annotations.NullMarked;
