/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleBoardTest
{
    private final List<String> told = new ArrayList<>();
    private int wakes;
    private final RoleBoard board = new RoleBoard(true, () -> wakes++);

    @ParameterizedTest
    @CsvSource({ "true,leading,leader", "false,leading,standalone", "true,following,follower",
        "true,observing,observer" })
    void shouldCallRolesByZooKeepersNames(final boolean isEnsemble, final String state, final String role)
    {
        final RoleBoard each = new RoleBoard(isEnsemble, () ->
        {
        });
        each.onState(state, "established");
        assertEquals(role, each.role());
    }

    @Test
    void shouldTellOnlyRolesInWhichClientsAreServedAndEachAgain()
    {
        board.listener(told::add);
        board.onState("starting", "process started");
        board.onState("looking", "own history is loaded");
        board.onState("following", "a leader was found");
        assertEquals(RoleBoard.LOOKING, board.role());
        board.onState("following", "established");
        board.onState("looking", "the leader is silent");
        assertEquals(RoleBoard.LOOKING, board.role());
        board.onState("following", "established");

        assertEquals(2, board.tell());
        assertEquals(List.of("follower", "follower"), told);
        assertEquals(0, board.tell());
    }

    @Test
    void shouldOutliveAListenerThatFails()
    {
        board.listener(role ->
        {
            told.add(role);
            throw new IllegalStateException("of the program that embeds the server");
        });
        board.onState("leading", "established");
        board.onState("looking", "hands over");
        board.onState("following", "established");

        assertEquals(2, board.tell());
        assertEquals(List.of("leader", "follower"), told);
    }

    @Test
    void shouldTellNobodyAnyMoreWhenThereIsNoListener()
    {
        board.listener(role ->
        {
            told.add(role);
            board.listener(null);
        });
        board.onState("leading", "established");
        board.onState("following", "established");

        assertEquals(1, board.tell());
        assertEquals(List.of("leader"), told);
    }

    @Test
    void shouldTellAListenerThatComesLateOfThePresentRole()
    {
        board.onState("leading", "established");
        board.listener(told::add);
        board.tell();

        assertEquals(List.of("leader"), told);
        assertEquals(2, wakes);
    }

    @Test
    void shouldDoOnceWhatIsToBeDoneAtTheFirstServiceAndBeforeAnybodyIsTold()
    {
        board.firstService(() -> told.add("first"));
        board.firstService(() -> told.add("second"));
        board.listener(told::add);
        board.onState("looking", "own history is loaded");
        assertEquals(0, board.tell());
        board.onState("following", "established");
        board.tell();
        board.onState("following", "established");
        board.tell();

        assertEquals(List.of("first", "second", "follower", "follower"), told);
    }

    @Test
    void shouldWaitForAServerThatHasReadItsDataAndForOneThatServes() throws InterruptedException
    {
        board.onState("starting", "process started");
        assertFalse(board.awaitStarted(1));
        board.onState("looking", "own history is loaded");
        assertTrue(board.awaitStarted(0));
        assertFalse(board.awaitServing(1));
        board.onState("observing", "established");
        assertTrue(board.awaitServing(0));
    }
}
