/**
 * The lab: the images that drills on Kubernetes need, found out to be pulled or built from package registries where no container registry answers, each
 * once for its inputs. {@code lab/images.yaml} says what there is. Nothing here starts a node or knows a backup.
 */
@NullMarked
package org.pgrehearsal.lab;

import org.jspecify.annotations.NullMarked;
