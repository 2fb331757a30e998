/** Reading text: YAML, Markdown, cron lines, PromQL. Nothing here runs a program or knows a rule. */
@NullMarked
package org.pgrehearsal.contracts.text;

import org.jspecify.annotations.NullMarked;
