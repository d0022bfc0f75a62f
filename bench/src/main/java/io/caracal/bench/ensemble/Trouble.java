/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

/** A kind of trouble that a leader gets into, and how the server recovers from it afterwards. */
enum Trouble
{
    /** The process is killed, as by kill -9. */
    KILL("failover-kill", "the leader is killed with SIGKILL")
    {
        @Override
        void begin(final LocalEnsemble ensemble, final int index)
        {
            ensemble.member(index).kill();
        }

        @Override
        void end(final LocalEnsemble ensemble, final int index)
        {
            ensemble.member(index).startIfEnded();
        }
    },
    /** The process lives and does nothing. */
    HANG("failover-hang", "the leader is stopped with SIGSTOP")
    {
        @Override
        void begin(final LocalEnsemble ensemble, final int index)
        {
            ensemble.member(index).signal("STOP");
        }

        @Override
        void end(final LocalEnsemble ensemble, final int index)
        {
            ensemble.member(index).signal("CONT");
        }
    },
    /** The process is asked to end in an orderly way. */
    TERM("failover-term", "the leader is asked to end with SIGTERM")
    {
        @Override
        void begin(final LocalEnsemble ensemble, final int index)
        {
            ensemble.member(index).signal("TERM");
            ensemble.member(index).awaitEnd();
        }

        @Override
        void end(final LocalEnsemble ensemble, final int index)
        {
            ensemble.member(index).startIfEnded();
        }
    },
    /** The process lives and its clients reach it, but it reaches no other server, and none reaches it. */
    CUT("failover-cut", "the leader is cut off from the other servers, not from clients")
    {
        @Override
        void begin(final LocalEnsemble ensemble, final int index)
        {
            Islands.cut(ensemble.member(index).member().id(), ensemble.size());
        }

        @Override
        void end(final LocalEnsemble ensemble, final int index)
        {
            Islands.heal(ensemble.member(index).member().id(), ensemble.size());
        }
    };

    private final String shape;
    private final String description;

    Trouble(final String shape, final String description)
    {
        this.shape = shape;
        this.description = description;
    }

    String shape()
    {
        return shape;
    }

    String description()
    {
        return description;
    }

    abstract void begin(LocalEnsemble ensemble, int index);

    abstract void end(LocalEnsemble ensemble, int index);
}
