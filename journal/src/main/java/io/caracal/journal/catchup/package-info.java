/* SPDX-License-Identifier: Apache-2.0 */
/**
 * History for learners: read by the bulk thread, passed through a ring for each read, handed to the engine by poll. So
 * a learner that takes nothing holds up nobody else. Imports {@code io.caracal.journal}, its {@code duty}, {@code log}
 * and {@code snapshot}.
 * <p>
 * Begin with {@link io.caracal.journal.catchup.FileCatchUp}.
 */
package io.caracal.journal.catchup;
