package org.pgrehearsal.plugin.identity;

import io.grpc.stub.StreamObserver;
import java.util.List;
import org.pgrehearsal.cnpgi.identity.GetPluginCapabilitiesRequest;
import org.pgrehearsal.cnpgi.identity.GetPluginCapabilitiesResponse;
import org.pgrehearsal.cnpgi.identity.GetPluginMetadataRequest;
import org.pgrehearsal.cnpgi.identity.GetPluginMetadataResponse;
import org.pgrehearsal.cnpgi.identity.IdentityGrpc;
import org.pgrehearsal.cnpgi.identity.PluginCapability;
import org.pgrehearsal.cnpgi.identity.ProbeRequest;
import org.pgrehearsal.cnpgi.identity.ProbeResponse;
import org.pgrehearsal.plugin.Answer;

/** CNPG-I's identity service: asked before every segment, so it answers from memory. */
public final class IdentityService extends IdentityGrpc.IdentityImplBase {
    private final GetPluginMetadataResponse metadata;
    private final GetPluginCapabilitiesResponse capabilities;

    /**
     * The identity of one endpoint.
     *
     * @param name  the name that it is known by
     * @param types what it offers
     */
    public IdentityService(String name, List<PluginCapability.Service.Type> types) {
        String version = IdentityService.class.getPackage().getImplementationVersion();
        metadata = GetPluginMetadataResponse.newBuilder()
                .setName(name)
                .setVersion(version == null ? "0.0.0-development" : version)
                .setDisplayName("pgBackRest, proven")
                .setDescription("Archives and backs up PostgreSQL with pgBackRest, and proves what it reports")
                .setLicense("Apache-2.0")
                .setLicenseUrl("https://www.apache.org/licenses/LICENSE-2.0")
                .setMaturity("alpha")
                .setVendor("pgrehearsal")
                .build();
        GetPluginCapabilitiesResponse.Builder all = GetPluginCapabilitiesResponse.newBuilder();
        types.forEach(type -> all.addCapabilities(PluginCapability.newBuilder()
                .setService(PluginCapability.Service.newBuilder().setType(type))));
        capabilities = all.build();
    }

    @Override
    public void getPluginMetadata(GetPluginMetadataRequest request, StreamObserver<GetPluginMetadataResponse> call) {
        Answer.to(call, "Identity.GetPluginMetadata", () -> metadata);
    }

    @Override
    public void getPluginCapabilities(
            GetPluginCapabilitiesRequest request, StreamObserver<GetPluginCapabilitiesResponse> call) {
        Answer.to(call, "Identity.GetPluginCapabilities", () -> capabilities);
    }

    @Override
    public void probe(ProbeRequest request, StreamObserver<ProbeResponse> call) {
        Answer.to(
                call,
                "Identity.Probe",
                () -> ProbeResponse.newBuilder().setReady(true).build());
    }
}
