/* SPDX-License-Identifier: Apache-2.0 */
/**
 * History for learners. The bulk thread reads it and passes it through a ring for each read; a poll hands it to the
 * engine. So a learner that takes nothing holds up nobody else. Imports {@code io.caracal.journal}, its {@code duty},
 * {@code log} and {@code snapshot}.
 * <p>
 * Begin with {@link io.caracal.journal.catchup.FileCatchUp}.
 */
package io.caracal.journal.catchup;
