/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

/** What happens to a leader, and how the server comes back afterwards. */
enum Trouble
{
    /** kill -9. */
    KILL("failover-kill", "the leader is killed with SIGKILL")
    {
        @Override
        void begin(final MemberProcess server)
        {
            server.destroy();
            server.awaitEnd();
        }

        @Override
        void end(final MemberProcess server)
        {
            server.start();
        }
    },
    /** The process lives and does nothing. */
    HANG("failover-hang", "the leader is stopped with SIGSTOP")
    {
        @Override
        void begin(final MemberProcess server)
        {
            server.signal("STOP");
        }

        @Override
        void end(final MemberProcess server)
        {
            server.signal("CONT");
        }
    },
    /** Asked to end in good order. */
    TERM("failover-term", "the leader is asked to end with SIGTERM")
    {
        @Override
        void begin(final MemberProcess server)
        {
            server.signal("TERM");
            server.awaitEnd();
        }

        @Override
        void end(final MemberProcess server)
        {
            server.start();
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

    abstract void begin(MemberProcess server);

    abstract void end(MemberProcess server);
}
