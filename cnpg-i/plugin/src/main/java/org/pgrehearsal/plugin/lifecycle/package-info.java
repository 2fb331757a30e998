/** The sidecar in pods and in recovery jobs, as JSON patches. Deterministic and without side effects: a difference rolls pods. */
@NullMarked
package org.pgrehearsal.plugin.lifecycle;

import org.jspecify.annotations.NullMarked;
