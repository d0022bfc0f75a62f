/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Composes the module: opens everything under one lock, in the right order, and closes it. May import every other
 * package of the module; none imports it.
 * <p>
 * Begin with {@link io.caracal.journal.open.OpenJournal}.
 */
package io.caracal.journal.open;
