/**
 * Work on a Kubernetes cluster, whoever made it: namespaces of our own, the objects in them, and what pods say. Knows no operator and no backup.
 */
@NullMarked
package org.pgrehearsal.platform.kubernetes;

import org.jspecify.annotations.NullMarked;
