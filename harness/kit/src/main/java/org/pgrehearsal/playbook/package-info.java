/**
 * Playbooks as programs: the named blocks of a page, which are run word by word, and what each must print (ADR 6). Nothing here knows Kubernetes or a
 * backup.
 */
@NullMarked
package org.pgrehearsal.playbook;

import org.jspecify.annotations.NullMarked;
