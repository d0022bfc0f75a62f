/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.client;

import org.apache.zookeeper.KeeperException;

/**
 * Explains a server's error to a person. The messages are those of ZooKeeper's shell; the hints are our own.
 */
public final class ErrorText
{
    private ErrorText()
    {
    }

    /**
     * @param error as the client library reports it.
     * @return the error as message and hint.
     */
    public static CommandFailure of(final KeeperException error)
    {
        return new CommandFailure(message(error), hint(error));
    }

    private static String message(final KeeperException error)
    {
        final String path = error.getPath();
        return switch (error.code())
        {
            case NONODE -> "Node does not exist: " + path;
            case NOCHILDRENFOREPHEMERALS -> "Ephemerals cannot have children: " + path;
            case NODEEXISTS -> "Node already exists: " + path;
            case NOTEMPTY -> "Node not empty: " + path;
            case NOTREADONLY -> "Not a read-only call: " + path;
            case INVALIDACL -> "Acl is not valid : " + path;
            case NOAUTH -> "Insufficient permission : " + path;
            case BADARGUMENTS -> "Arguments are not valid : " + path;
            case BADVERSION -> "version No is not valid : " + path;
            case QUOTAEXCEEDED -> "Quota has exceeded : " + path;
            case RECONFIGINPROGRESS ->
                "Another reconfiguration is in progress -- concurrent reconfigs not supported (yet)";
            case NEWCONFIGNOQUORUM ->
                "No quorum of new config is connected and up-to-date with the leader of last commmitted " +
                    "config - try invoking reconfiguration after new servers are connected and synced";
            default -> error.getMessage();
        };
    }

    private static String hint(final KeeperException error)
    {
        return switch (error.code())
        {
            case NOCHILDRENFOREPHEMERALS ->
                "Its parent lives only as long as a session; create it below another znode.";
            case NOTEMPTY -> "deleteall deletes a znode with everything below it.";
            case NOTREADONLY -> "The server is read-only while it has no quorum; try again when it has one.";
            case INVALIDACL ->
                "Write scheme:id:perms with perms out of rwcda, as world:anyone:r; auth needs an addauth before.";
            case NOAUTH -> "getAcl shows who may do it; addauth digest user:password adds an identity.";
            case BADVERSION -> "Someone changed it since; stat shows the current version.";
            case QUOTAEXCEEDED -> "listquota shows limits and usage of a path.";
            case CONNECTIONLOSS ->
                "The connection was lost before an answer came: a change may have been made or not. " +
                    "The shell reconnects by itself.";
            case SYSTEMERROR ->
                "The server could not do it, most likely since its disk is full: its log and /readyz tell.";
            case SESSIONEXPIRED -> "Ephemeral znodes and watches of the session are gone; connect opens a new one.";
            case AUTHFAILED -> "The server refused the identity and ended the session; connect opens a new one.";
            case SESSIONCLOSEDREQUIRESASLAUTH -> "The server wants an identity first: SASL, or addauth.";
            case NOWATCHER -> "This session has no such watch there; one that fired once is gone by itself.";
            case UNIMPLEMENTED -> "The server does not do this; TTLs need zookeeper.extendedTypesEnabled=true on it.";
            case RECONFIGDISABLED -> "The servers have to run with reconfigEnabled=true.";
            case NEWCONFIGNOQUORUM -> "Start the new servers first, as observers or followers of the present ensemble.";
            default -> "";
        };
    }
}
