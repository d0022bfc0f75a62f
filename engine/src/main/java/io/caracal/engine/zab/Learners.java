/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import java.util.function.Predicate;

/** The learners attached to a leader, in the order of the ensemble's members. */
public final class Learners
{
    private final Ensemble members;
    private final LearnerLink[] links;

    /**
     * Creates an empty table.
     *
     * @param members of the ensemble.
     */
    public Learners(final Ensemble members)
    {
        this.members = members;
        links = new LearnerLink[members.size()];
    }

    /**
     * Number of places.
     *
     * @return number of members.
     */
    public int size()
    {
        return links.length;
    }

    /**
     * The learner at a place.
     *
     * @param index of a member.
     * @return null when that member is not attached.
     */
    public LearnerLink at(final int index)
    {
        return links[index];
    }

    /**
     * Finds an attached learner.
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
     * Finds the learner that sent a message, provided that the message belongs to its present conversation.
     *
     * @param serverId     of the sender.
     * @param conversation named in the message.
     * @return null when the message should be ignored.
     */
    public LearnerLink find(final long serverId, final long conversation)
    {
        final LearnerLink link = find(serverId);

        return link == null || link.conversation != conversation ? null : link;
    }

    /**
     * Counts the attached learners of a kind.
     *
     * @param kind which learners to count.
     * @return number of such learners.
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
     * Sets the link of a learner that attaches, or attaches again.
     *
     * @param link the new one; replaces an earlier one of the same learner.
     */
    public void put(final LearnerLink link)
    {
        links[indexOf(link.serverId)] = link;
    }

    /**
     * Removes a learner that is gone.
     *
     * @param serverId of the learner.
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
