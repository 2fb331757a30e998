/**
 * A Kubernetes that lives in a container for as long as a run: the node, its network, the mirror that its images come from. It is rancher/k3s where a
 * container registry answers and the lab's own node elsewhere; both keep one outside contract. Nothing here builds an image or knows a backup.
 */
@NullMarked
package org.pgrehearsal.platform.k3s;

import org.jspecify.annotations.NullMarked;
