/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.Ensemble;

/**
 * Who belongs to the ensemble, and how long its servers wait for each other.
 *
 * @param members          voters and observers.
 * @param isTrusted        false when transactions that this server had acknowledged may be missing from its disk
 *                         (restored from a backup, or the machine was restarted without forced writes); it then does
 *                         not vote before an established leader has synchronized it.
 * @param haveVotersChanged true when this server last served with other voters, among whom some may not know of the
 *                         change and still follow a leader of their own; it then does not vote either.
 * @param mayBeginBlank    true when an operator confirmed that a blank disk of this server is not a lost one.
 * @param times            how long servers wait for each other.
 */
public record EnsembleSettings(Ensemble members, boolean isTrusted, boolean haveVotersChanged, boolean mayBeginBlank,
    EnsembleTimes times)
{
    /**
     * Settings with the default times.
     *
     * @param members voters and observers.
     * @return settings for a trusted server with the voters of before whose blank disk is not confirmed.
     */
    public static EnsembleSettings of(final Ensemble members)
    {
        return new EnsembleSettings(members, true, false, false, EnsembleTimes.DEFAULT);
    }
}
