/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

/**
 * The role that the server is in, and whether clients can be served in it: only when there is an established leader,
 * and not before everything that waited for it was sent again, or a later request would overtake an earlier one.
 */
final class CurrentRole
{
    private WriteIntake intake;
    private boolean isEstablished;

    CurrentRole(final WriteIntake intake)
    {
        enter(intake);
    }

    /** A role begins; one that does not end before its server does has nothing to send again. */
    void enter(final WriteIntake newIntake)
    {
        intake = newIntake;
        isEstablished = !newIntake.keepsRequests();
    }

    /** Everything that waited was sent again. */
    void established()
    {
        isEstablished = true;
    }

    /**
     * Whether everything that is on its way was sent in this role, so that it completes in order and without gaps.
     */
    boolean isEstablished()
    {
        return isEstablished;
    }

    WriteIntake intake()
    {
        return intake;
    }

    /** Whether frames of clients are taken. */
    boolean takesRequests()
    {
        return isEstablished && intake.isServing();
    }
}
