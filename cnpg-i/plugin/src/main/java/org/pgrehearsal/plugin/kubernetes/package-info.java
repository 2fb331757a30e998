/** The few requests to the Kubernetes API that the plugin makes. Knows nothing of CNPG-I and nothing of pgBackRest. */
@NullMarked
package org.pgrehearsal.plugin.kubernetes;

import org.jspecify.annotations.NullMarked;
