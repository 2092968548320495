"""The words that extraction and judging share for evidence near a site: the kinds of `Trace`, and what its text holds.

`extract` leaves a trace where it sees one of these; the factors of `judge` read them. A kind that is absent means "not seen", which judging
takes as unknown or as absent according to the factor, never as good news. Spans are of the thing itself, so that a factor can point at it.

Traces of a site (`Site.traces`) speak of one call; traces of a file (`FileFacts.traces`) speak of the whole project.
"""

# What the call hides

OPAQUE_ARGUMENTS = "opaque-arguments"
"""`**params` whose content cannot be read. Text: the expression as written."""
OPAQUE_BODY = "opaque-body"
"""A serialised request body, or a configuration object, that cannot be read. Text: the argument's name."""

# What the call sends

MESSAGE_ROLE = "message-role"
"""A role literal in the messages. Text: the role (`system`, `developer`, `user`, …). One trace for each different role."""
PREFILL = "prefill"
"""The last message of a messages literal speaks for the model. Text: its role (`assistant`, `model`)."""
HEADER = "header"
"""A literal request header, on the call or on its client. Text: `name: value`, the name in lower case."""
TOOL_TYPE = "tool-type"
"""The literal `type` of a provider-defined tool. Text: the type (`computer_20251124`)."""
PROMPT_TEXT = "prompt-text"
"""A marker of an old prompt format in a prompt that reaches the call. Text: the marker (`\\n\\nHuman:`)."""
SYSTEM_PROMPT = "system-prompt"
"""The call sends a system prompt. Text: its length in characters, empty when its text is not in the file; linking adds the place of a text
of another file (`2237 bot/persona.py:3`)."""
PERSONA = "persona"
"""The system prompt sets tone or character: two words of it, or one in 800 characters or more. Text: as of `SYSTEM_PROMPT`."""
NAMED_PROMPT = "named-prompt"
"""A name of another file stands in the system prompt. Text: the name as written (`PERSONA`, `prompts.PERSONA`). Linking reads it."""
PROMPT_NAMES_MODEL = "prompt-names-model"
"""A prompt, prompt file or prompt table chosen by, or named after, a model. Text: the name."""
SAVED_DEMOS = "saved-demos"
"""Few-shot examples that an optimiser saved for this model. Text: the file."""
CACHED_PREFIX = "cached-prefix"
"""The prompt is cached (`cache_control`, `cachePoint`, `cached_content`). Text: the argument."""

# What becomes of the answer

PARSE = "parse"
"""The answer is taken apart without a schema. Text: how (`json.loads`, `re.search`, `split`, `index`)."""
SCHEMA = "schema"
"""The answer is validated: a schema argument at the call, or a validating parser behind it. Text: what (`model_validate_json`)."""
SINK = "sink"
"""Where the answer goes. Text: `kind name`; `classifier`, `write` and `call` act on it, `show` and `return` hand it on."""
CONSUMER = "consumer"
"""The answer, or what was taken out of it, is given to a function of another file. Text: the callee as written (`features.urgency`);
linking adds the place of the function, and leaves out those that are not the project's own."""
VECTOR_WRITE = "vector-write"
"""The vectors are stored. Text: the callee (`index.upsert`)."""
DIMENSION = "dimension"
"""A literal vector length near an embedding call or its store. Text: the number."""
STOP_REASON = "stop-reason"
"""The reason for stopping is read. Text: the literal it is compared with, empty when it is only read."""
RESPONSE_FIELD = "response-field"
"""A part of the response that not every model has is read. Text: the field (`function_call`, `logprobs`, `thinking`)."""
RESPONSE_MODEL = "response-model"
"""The model name in the response is compared. Text: the literal or name it is compared with."""
STREAMED = "streamed"
"""The answer is streamed on. Text: the callee or argument."""

# What depends on the name

TOKENIZER = "tokenizer"
"""A tokenizer is chosen by the same name. Text: the callee (`tiktoken.encoding_for_model`)."""
NAME_BRANCH = "name-branch"
"""The same name is compared. Text: the literal it is compared with, and ` selects prompt` or ` selects parsing` when the branch does."""

# What happens when it fails

RETRY = "retry"
"""The same call is repeated. Text: what repeats it (`tenacity.retry`, `max_retries`)."""
STATUS_CODE = "status-code"
"""A handler asks for an error code. Text: the code (`404`, `ResourceNotFoundException`)."""
HANDLER_LOG = "handler-log"
"""A handler logs or counts the error. Text: the callee."""
FALLBACK_PATTERN = "fallback-pattern"
"""How the fallback is built. Text: an id of `risk.toml`'s fallback patterns (`litellm.router`, `langchain.with_fallbacks`)."""
FALLBACK_ON = "fallback-on"
"""An exception class or status that triggers the fallback, when the call says so. Text: the class or code."""
SPARE = "spare"
"""The model is only made to stand in for another one. Text: what it is given to (`with_fallbacks`)."""
DROPS_ARGUMENTS = "drops-arguments"
"""Arguments that a model does not support are dropped on purpose. Text: the argument (`drop_params`)."""
GATEWAY = "gateway"
"""The call goes to a gateway and names a group, not a model. Text: the address or the group."""

# What the call is for

GUARD = "guard"
"""The answer decides whether something may pass (moderation, self-check, policy judge). Text: why."""
REACHED_FROM = "reached-from"
"""An entry point that reaches the site. Text: the entry point."""
UNREACHABLE = "unreachable"
"""Nothing reaches the site; only left when the whole program was seen. Text: why."""

# Traces of a file

EVALUATION = "evaluation"
"""An evaluation suite (promptfoo, deepeval, ragas). Text: which."""
RECORDING = "recording"
"""A recorded answer (cassette, snapshot). Text: which."""
PACKAGE = "package"
"""A locked or required package. Text: `name==version`, or `name` with its range."""
LONG_TEXT = "long-text"
"""A text with a name, which a call of another file may send as its prompt. Text: `NAME length`, and ` persona` when it sets tone."""
PERMISSION = "permission"
"""A policy that allows models by name. Text: `policy model`, policy one of `iam`, `litellm`, `claude-code`."""
CREDENTIAL = "credential"
"""A provider's key or permission that a deployment file carries. Text: the variable's name (`OPENAI_API_KEY`)."""
ENTRY_POINT = "entry-point"
"""The program starts here. Text: `kind name`, kind one of `script`, `app`, `handler`, `command`, `worker`."""
OTHER_CREDENTIALS = "more elsewhere"
"""Text of a `CREDENTIAL` that says: further variables come from a place that is not in the tree."""
FINE_TUNING_DATA = "fine-tuning-data"
"""Training data or a fine-tuning job. Text: the file or callee."""
