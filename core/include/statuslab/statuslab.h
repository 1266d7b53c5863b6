// The whole public API.
#pragma once

#include "statuslab/batch.h"
#include "statuslab/finding.h"
#include "statuslab/fix.h"
#include "statuslab/json.h"
#include "statuslab/lint.h"
#include "statuslab/lint_words.h"
#include "statuslab/message.h"
#include "statuslab/parse.h"
#include "statuslab/registry.h"
#include "statuslab/span.h"
#include "statuslab/structured_field.h"
#include "statuslab/version.h"
