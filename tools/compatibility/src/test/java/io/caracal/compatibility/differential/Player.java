/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import io.caracal.compatibility.wire.Opcode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Performs programs on one server and records what the clients see. */
final class Player implements AutoCloseable
{
    private final Members members;

    Player(final Members members)
    {
        this.members = members;
    }

    /** Returns one list for each step, and one for the end, where all sessions are closed. */
    List<List<Item>> perform(final Program program, final String base) throws IOException
    {
        members.ping();

        if (!base.isEmpty())
        {
            members.create(base);
        }

        members.level();
        final Scene scene = new Scene(members, base, program);
        final Map<Integer, Client> clients = new HashMap<>();
        final List<Client> all = new ArrayList<>();
        final List<List<Item>> transcript = new ArrayList<>();

        try
        {
            for (final Step step : program.steps())
            {
                final List<Item> seen = Client.list();
                transcript.add(seen);
                perform(step, clients, all, scene, seen);
                scene.level();
            }

            final List<Item> end = Client.list();
            transcript.add(end);

            for (final Client client : all)
            {
                client.finish(end);
            }
        }
        finally
        {
            for (final Client client : all)
            {
                client.close();
            }
        }

        return transcript;
    }

    private void perform(final Step step, final Map<Integer, Client> clients, final List<Client> all,
        final Scene scene, final List<Item> seen) throws IOException
    {
        if (step instanceof Step.Connect connect)
        {
            final Client client = new Client(connect.client(), scene);
            clients.put(connect.client(), client);
            all.add(client);
            client.connect(connect, seen);
        }
        else if (step instanceof Step.Arrivals arrivals)
        {
            arrivals(arrivals, clients, seen);
        }
        else if (step instanceof Step.Reconnect reconnect)
        {
            final Client client = clients.get(reconnect.client());

            if (client != null && client.hasSession())
            {
                client.reconnect(reconnect, seen);
            }
        }
        else
        {
            connected(step, clients, seen);
        }
    }

    private static void connected(final Step step, final Map<Integer, Client> clients, final List<Item> seen)
        throws IOException
    {
        if (step instanceof Step.Requests requests && isConnected(clients, requests.client()))
        {
            request(requests.calls(), clients.get(requests.client()), seen);
        }
        else if (step instanceof Step.Garbage garbage && isConnected(clients, garbage.client()))
        {
            clients.get(garbage.client()).garbage(HexFormat.of().parseHex(garbage.hex()), seen);
        }
        else if (step instanceof Step.Drop drop && isConnected(clients, drop.client()))
        {
            final Client client = clients.get(drop.client());
            client.flush(seen);
            client.close();
        }
        else if (step instanceof Step.Close close && isConnected(clients, close.client()))
        {
            clients.get(close.client()).closeSession(close.calls(), seen);
        }
    }

    /**
     * Sends requests and reads their replies. A real server handles an auth packet at once, even before pending output,
     * and closes the connection when it cannot read the packet, so that a pending event may be lost. So pending output
     * is read before.
     */
    private static void request(final List<Call> calls, final Client client, final List<Item> seen) throws IOException
    {
        if (calls.stream().anyMatch(call -> call.opcode() == Opcode.AUTH))
        {
            client.flush(seen);
        }
        if (client.isConnected())
        {
            client.replies(calls, client.send(calls), seen);
        }
    }

    private static boolean isConnected(final Map<Integer, Client> clients, final int number)
    {
        final Client client = clients.get(number);
        return client != null && client.isConnected();
    }

    private static void arrivals(final Step.Arrivals arrivals, final Map<Integer, Client> clients,
        final List<Item> seen) throws IOException
    {
        final List<Step.Requests> present = new ArrayList<>();
        final List<Integer> firstXids = new ArrayList<>();

        for (final Step.Requests requests : arrivals.requests())
        {
            if (isConnected(clients, requests.client()))
            {
                present.add(requests);
                firstXids.add(clients.get(requests.client()).arrive(requests.calls()));
            }
        }

        for (int i = 0; i < present.size(); i++)
        {
            clients.get(present.get(i).client()).replies(present.get(i).calls(), firstXids.get(i), seen);
        }
    }

    @Override
    public void close() throws IOException
    {
        members.close();
    }
}
