package org.pgrehearsal.platform.kubernetes;

import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.pgrehearsal.platform.MachineException;

/**
 * A Kubernetes cluster as this machine reaches it.
 *
 * @param name    what reports call it
 * @param client  with the rights of an administrator
 * @param node    a node's address, at which services of type NodePort answer this machine
 * @param machine this machine's address as pods see it
 */
public record Cluster(String name, KubernetesClient client, String node, InetAddress machine) {
    private static final int ANY_PORT = 9;

    /**
     * One that a client reaches already: its first node, and the address from which this machine goes there.
     *
     * @throws MachineException if it has no node, or none that can be reached
     */
    public static Cluster of(String name, KubernetesClient client) {
        String node = client.nodes().list().getItems().stream()
                .flatMap(each -> each.getStatus().getAddresses().stream())
                .filter(address -> address.getType().equals("InternalIP"))
                .map(NodeAddress::getAddress)
                .findFirst()
                .orElseThrow(() -> new MachineException("the cluster " + name + " has no node with an address"));
        try (DatagramSocket probe = new DatagramSocket()) {
            // sends nothing: it only asks for the way
            probe.connect(InetAddress.getByName(node), ANY_PORT);
            return new Cluster(name, client, node, probe.getLocalAddress());
        } catch (IOException e) {
            throw new MachineException("the node " + node + " of " + name + " cannot be reached: " + e.getMessage(), e);
        }
    }
}
