package io.modelfleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JsonPropertiesTest {
    @Property
    void noBytesThrowAnythingButARefusal(@ForAll byte[] bytes) {
        try {
            Json.read(bytes, Registration.class);
        } catch (FleetException refusal) {
            assertThat(refusal.code().status()).isEqualTo(400);
        }
    }

    @Property
    void noTextThrowsAnythingButARefusalAndTheRefusalCanBeWritten(@ForAll String text) {
        byte[] json = Json.write(new Problem(text, "X"));
        assertThat(Json.read(json, Problem.class).code()).isEqualTo("X");
        try {
            Json.read(json, ModelName.class);
        } catch (FleetException refusal) {
            assertThat(refusal.code().status()).isEqualTo(400);
        }
    }
}
