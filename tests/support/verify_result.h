// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

/// QVERIFY for a Result, which shows the error. What is given is evaluated once: it may change something.
#define QVERIFY_RESULT(result)                                                                                         \
    do {                                                                                                               \
        const auto& evaluated = (result);                                                                              \
        QVERIFY2(evaluated.has_value(), evaluated ? "" : qPrintable(evaluated.error().message()));                     \
    } while (false)
