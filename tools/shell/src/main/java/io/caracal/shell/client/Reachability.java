/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.client;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;

/**
 * Repeats a harmless request until a server answers it. When a connection attempt fails, a new client fails every
 * waiting request, even if the next server of the list would have answered. Asking again outlasts that.
 */
final class Reachability
{
    private final ZooKeeper client;

    Reachability(final ZooKeeper client)
    {
        this.client = client;
    }

    /**
     * @param attempts how many failed connection attempts are enough to give up.
     * @param patienceMs how long to wait in all.
     * @return whether a server answered. A refusal also counts as an answer, because the command will report it.
     */
    boolean await(final int attempts, final long patienceMs) throws InterruptedException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        final BlockingQueue<Code> answers = new ArrayBlockingQueue<>(1);

        for (int attempt = 0; attempt < attempts && client.getState().isAlive(); attempt++)
        {
            client.exists("/", false, (rc, path, context, stat) -> answers.offer(Code.get(rc)), null);
            final Code answer = answers.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer == null)
            {
                return false;
            }
            if (answer != Code.CONNECTIONLOSS)
            {
                return true;
            }
        }

        return false;
    }
}
