/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import java.util.function.Predicate;

/** Learners attached to a leader, in the order of the ensemble's members. */
public final class Learners
{
    private final Ensemble members;
    private final LearnerLink[] links;

    /**
     * Nobody is attached yet.
     *
     * @param members of the ensemble.
     */
    public Learners(final Ensemble members)
    {
        this.members = members;
        links = new LearnerLink[members.size()];
    }

    /**
     * How many places there are.
     *
     * @return number of members.
     */
    public int size()
    {
        return links.length;
    }

    /**
     * Who is at a place.
     *
     * @param index of a member.
     * @return null when that member is not attached.
     */
    public LearnerLink at(final int index)
    {
        return links[index];
    }

    /**
     * The learner with an id.
     *
     * @param serverId of the member.
     * @return null when it is not attached.
     */
    public LearnerLink find(final long serverId)
    {
        final int index = indexOf(serverId);

        return index < 0 ? null : links[index];
    }

    /**
     * The learner with an id, if what came belongs to its present conversation.
     *
     * @param serverId     of the sender.
     * @param conversation that the message bears.
     * @return null when the message is to be passed over.
     */
    public LearnerLink find(final long serverId, final long conversation)
    {
        final LearnerLink link = find(serverId);

        return link == null || link.conversation != conversation ? null : link;
    }

    /**
     * How many of the attached learners are of a kind.
     *
     * @param kind which.
     * @return number of them.
     */
    public int count(final Predicate<LearnerLink> kind)
    {
        int count = 0;
        for (final LearnerLink link : links)
        {
            count += link != null && kind.test(link) ? 1 : 0;
        }

        return count;
    }

    /**
     * A learner attaches, or attaches again.
     *
     * @param link new.
     */
    public void put(final LearnerLink link)
    {
        links[indexOf(link.serverId)] = link;
    }

    /**
     * A learner is gone.
     *
     * @param serverId of it.
     */
    public void remove(final long serverId)
    {
        final int index = indexOf(serverId);
        if (index >= 0)
        {
            links[index] = null;
        }
    }

    private int indexOf(final long serverId)
    {
        for (int i = 0; i < links.length; i++)
        {
            if (members.serverId(i) == serverId)
            {
                return i;
            }
        }

        return -1;
    }
}
