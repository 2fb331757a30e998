/** What Flux would apply: the tree of a cluster rendered by real kustomize and Helm, substituted as Flux does it, each object with the file that it came from. */
@NullMarked
package org.pgrehearsal.contracts.tree;

import org.jspecify.annotations.NullMarked;
