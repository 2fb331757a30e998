/**
 * CloudNativePG with plugin-barman-cloud and our own component {@code cnpg-backup}: the objects that are made, and how their state is read. What is
 * proven of a restore is judged elsewhere.
 */
@NullMarked
package org.pgrehearsal.system.cnpg;

import org.jspecify.annotations.NullMarked;
