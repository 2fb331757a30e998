/** What a sidecar tells Kubernetes: the status of an Archive, Events, and that the Backup object of an expired backup has had its day. */
@NullMarked
package org.pgrehearsal.plugin.report;

import org.jspecify.annotations.NullMarked;
