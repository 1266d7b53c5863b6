"""CODE <tab> NAME <tab> y where it is deprecated. Asks the module that is named: http, rest_framework.status, starlette.status."""

import importlib
import sys
import warnings

warnings.simplefilter("ignore")
module = importlib.import_module(sys.argv[1])

if sys.argv[1] == "http":
    for name, status in module.HTTPStatus.__members__.items():
        print(status.value, name, "n", sep="\t")
else:
    current = {name for name in vars(module) if name.startswith("HTTP_")}
    deprecated = {name for name in vars(module).get("__deprecated__", {}) if name.startswith("HTTP_")}
    for name in sorted(current | deprecated):
        print(getattr(module, name), name, "y" if name in deprecated else "n", sep="\t")
