/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

/**
 * The role that the server is in, and whether it takes clients' requests. Requests are taken while there is an
 * established leader. After a change of leader, they are taken only when all requests that were unanswered then have
 * been sent again, because a later request must not overtake them.
 */
final class CurrentRole
{
    private WriteIntake intake;
    private boolean isEstablished;
    private boolean didTake;
    private boolean didServe;

    CurrentRole(final WriteIntake intake)
    {
        enter(intake);
    }

    /** A role begins. If it does not depend on other servers, nothing has to be sent again. */
    void enter(final WriteIntake newIntake)
    {
        intake = newIntake;
        isEstablished = !newIntake.keepsRequests();
    }

    /** Everything that was unanswered when the role began has been sent again. */
    void established()
    {
        isEstablished = true;
    }

    /**
     * Whether all unanswered requests were sent in this role, so that they complete in order and without gaps.
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

    /** Whether clients whose frames were refused may be treated differently than at the last call. */
    boolean hasTurned()
    {
        final boolean takes = takesRequests();
        final boolean serves = intake.isServing();
        final boolean hasTurned = takes != didTake || serves != didServe;
        didTake = takes;
        didServe = serves;

        return hasTurned;
    }
}
