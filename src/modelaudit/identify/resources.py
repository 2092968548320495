"""Resource names of clouds: ARNs, Vertex and Gemini paths, Fireworks accounts, Azure registries."""

from __future__ import annotations

from modelaudit.domain.platforms import Platforms
from modelaudit.identify.reading import HOLE, Reading

_OPAQUE_BEDROCK = {
    "application-inference-profile": "Bedrock application inference profile",
    "custom-model": "Bedrock custom model",
    "custom-model-deployment": "Bedrock custom model deployment",
    "default-prompt-router": "Bedrock prompt router",
    "imported-model": "Bedrock imported model",
    "prompt": "Bedrock prompt",
    "prompt-router": "Bedrock prompt router",
    "provisioned-model": "Bedrock provisioned model",
}


def cut_resource(text: str, reading: Reading, rules: Platforms) -> Reading | None:
    """The reading of the ID inside a resource name, or an opaque one; None when the text is no resource name."""
    head, slash, _ = text[reading.start : reading.end].partition("/")
    if head.startswith("arn:"):
        return _arn(text, reading)
    if not slash:
        return None
    if head in ("projects", "publishers"):
        return _vertex(text, reading)
    if head in ("models", "tunedModels"):
        return _gemini(text, reading, rules)
    if head == "accounts":
        return _fireworks(text, reading)
    if head == "azureml:":
        return _registry(text, reading)
    if head in ("foundation-model", "inference-profile"):
        return reading.after(text, reading.start + len(head) + 1)._replace(platform="bedrock", evidence=f"Bedrock resource {head}/")
    return None


def _arn(text: str, reading: Reading) -> Reading | None:
    """`arn:PARTITION:bedrock:REGION:ACCOUNT:KIND/ID`; a wildcard names many models and so none."""
    parts = text[reading.start : reading.end].split(":", 5)
    if len(parts) != 6 or not parts[1].startswith(("aws", HOLE)):
        return None
    kind, slash, name = parts[5].partition("/")
    if not slash or not name or name.endswith("*"):
        return None
    where = reading._replace(region=_region(parts[3]), evidence=f"ARN of a {parts[2]} {kind}")
    if parts[2] == "sagemaker" and kind == "endpoint":
        return where._replace(platform="sagemaker", opaque="SageMaker endpoint")
    if parts[2] != "bedrock":
        return None
    where = where._replace(platform="bedrock", evidence=f"ARN of a Bedrock {kind}")
    if kind in _OPAQUE_BEDROCK:
        return where._replace(opaque=_OPAQUE_BEDROCK[kind])
    if kind in ("foundation-model", "inference-profile"):
        return where.after(text, reading.end - len(name))
    return None


def _vertex(text: str, reading: Reading) -> Reading | None:
    """`projects/P/locations/L/…` and `publishers/P/models/M`."""
    parts = text[reading.start : reading.end].split("/")
    where = reading._replace(platform="vertex", evidence=f"Vertex resource name {parts[0]}/")
    if parts[0] == "projects":
        if len(parts) < 6 or parts[2] != "locations":
            return None
        where = where._replace(region=_region(parts[3]))
        if parts[4] == "endpoints":
            return where._replace(opaque="Vertex endpoint")
        if parts[4] in ("models", "tunedModels"):
            return where._replace(opaque="Vertex model of your own", fine_tuned=parts[4] == "tunedModels")
        parts = parts[4:]
    if len(parts) < 4 or parts[0] != "publishers" or parts[2] != "models":
        return None
    return where.after(text, reading.end - len("/".join(parts[3:])))


def _gemini(text: str, reading: Reading, rules: Platforms) -> Reading | None:
    """`models/M` and `tunedModels/M`; folders are called `models` too, so only Google's own models count."""
    head, _, name = text[reading.start : reading.end].partition("/")
    if not name or "/" in name:
        return None
    where = reading._replace(evidence=f"Gemini resource name {head}/")
    if head == "tunedModels":
        return where._replace(platform=reading.platform or "gemini-api", opaque="Gemini tuned model", fine_tuned=True)
    dialect = reading.dialect if reading.platform else rules.dialects.get("gemini")
    return where.after(text, reading.end - len(name))._replace(dialect=dialect, publisher="google")


def _fireworks(text: str, reading: Reading) -> Reading | None:
    """`accounts/fireworks/models/M`; other accounts hold models of their owners."""
    parts = text[reading.start : reading.end].partition("#")[0].split("/")
    if len(parts) != 4 or parts[2] not in ("models", "routers", "deployments") or not parts[3]:
        return None
    where = reading._replace(platform="fireworks", evidence=f"Fireworks resource name accounts/{parts[1]}/")
    if parts[1] != "fireworks" or parts[2] == "deployments":
        return where._replace(opaque=f"Fireworks {parts[2][:-1]} of an account")
    if reading.platform != "fireworks":
        # First as it stands: the lexicon holds the whole path.
        return where
    return where.after(text, reading.start + len("/".join(parts[:3])) + 1)


def _registry(text: str, reading: Reading) -> Reading | None:
    """`azureml://registries/R/models/M/versions/V`."""
    parts = text[reading.start : reading.end].split("/")
    if len(parts) < 6 or parts[2] != "registries" or parts[4] != "models":
        return None
    start = reading.start + len("/".join(parts[:5])) + 1
    version = parts[7] if len(parts) > 7 and parts[6] == "versions" else None
    cut = reading.after(text, start)
    if len(parts) > 6:
        cut = cut.before(text, start + len(parts[5]))
    return cut._replace(platform="azure", evidence="Azure registry", version=version)


def _region(name: str) -> str | None:
    return name if name and name != "global" and name.replace("-", "").isalnum() and HOLE not in name else None
