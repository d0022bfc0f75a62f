/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

/**
 * What a random client does beside sending operations. Each chance is one in how many wishes; 0 is never.
 *
 * @param leavesOneIn   it leaves its server for another one without need.
 * @param restsOneIn    it does nothing but ping for up to four times its time-out.
 * @param freezesOneIn  it stands still for up to twice its time-out.
 * @param returnsOneIn  it leaves its server and comes back: by way of all other servers that it knows, without a rest;
 *                      or, if it knows no other, after up to four times its time-out. Then it just pings for up to four
 *                      times its time-out.
 * @param bargainsOneIn it leaves its server and comes back, at once or after up to four times its time-out, but at most
 *                      30 seconds. It asks for another time-out, and then just pings for up to the one that it is
 *                      told.
 * @param isUnruly      whether it sends more after it has asked to end its session.
 * @param isLate        whether it pings only shortly before its time-out, which is still in time, and tolerates a
 *                      silent server for longer.
 */
public record Whims(int leavesOneIn, int restsOneIn, int freezesOneIn, int returnsOneIn, int bargainsOneIn,
    boolean isUnruly, boolean isLate)
{
    /** A client that does nothing unusual. */
    public static final Whims NONE = new Whims(0, 0, 0, 0, 0, false, false);

    /**
     * Changes how often it leaves its server for another one.
     *
     * @param oneIn how many wishes.
     * @return these whims apart from that.
     */
    public Whims leaving(final int oneIn)
    {
        return new Whims(oneIn, restsOneIn, freezesOneIn, returnsOneIn, bargainsOneIn, isUnruly, isLate);
    }

    /**
     * Changes how often it does nothing but ping.
     *
     * @param oneIn how many wishes.
     * @return these whims apart from that.
     */
    public Whims resting(final int oneIn)
    {
        return new Whims(leavesOneIn, oneIn, freezesOneIn, returnsOneIn, bargainsOneIn, isUnruly, isLate);
    }

    /**
     * Changes how often it stands still.
     *
     * @param oneIn how many wishes.
     * @return these whims apart from that.
     */
    public Whims freezing(final int oneIn)
    {
        return new Whims(leavesOneIn, restsOneIn, oneIn, returnsOneIn, bargainsOneIn, isUnruly, isLate);
    }

    /**
     * Changes how often it leaves its server and comes back.
     *
     * @param oneIn how many wishes.
     * @return these whims apart from that.
     */
    public Whims returning(final int oneIn)
    {
        return new Whims(leavesOneIn, restsOneIn, freezesOneIn, oneIn, bargainsOneIn, isUnruly, isLate);
    }

    /**
     * Changes how often it agrees on another time-out.
     *
     * @param oneIn how many wishes.
     * @return these whims apart from that.
     */
    public Whims bargaining(final int oneIn)
    {
        return new Whims(leavesOneIn, restsOneIn, freezesOneIn, returnsOneIn, oneIn, isUnruly, isLate);
    }

    /**
     * Changes whether it sends more after it has asked to end its session.
     *
     * @param willBe whether it will.
     * @return these whims apart from that.
     */
    public Whims unruly(final boolean willBe)
    {
        return new Whims(leavesOneIn, restsOneIn, freezesOneIn, returnsOneIn, bargainsOneIn, willBe, isLate);
    }

    /**
     * Changes whether it pings as late as it may.
     *
     * @param willBe whether it will.
     * @return these whims apart from that.
     */
    public Whims late(final boolean willBe)
    {
        return new Whims(leavesOneIn, restsOneIn, freezesOneIn, returnsOneIn, bargainsOneIn, isUnruly, willBe);
    }
}
