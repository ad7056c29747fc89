// SPDX-License-Identifier: Apache-2.0
#include "ui/common/translation.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

} // namespace

void installTranslation(QCoreApplication& application)
{
    auto* english = new QTranslator(&application);
    if (english->load(u":/i18n/sealwright_en.qm"_s))
        QCoreApplication::installTranslator(english);
    auto* own = new QTranslator(&application);
    if (own->load(QLocale(), u"sealwright"_s, u"_"_s, u":/i18n"_s))
        QCoreApplication::installTranslator(own);
}

} // namespace ui
